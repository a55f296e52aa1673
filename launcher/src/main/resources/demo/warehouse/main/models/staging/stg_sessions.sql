select
    session_id,
    visitor_id,
    customer_id,
    coalesce(lower(utm_source), 'direct') as utm_source,
    lower(utm_campaign) as utm_campaign,
    landing_path,
    started_at,
    ended_at
from {{ source('web', 'sessions') }}
