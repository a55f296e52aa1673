select
    spend_date,
    lower(utm_source) as utm_source,
    lower(utm_campaign) as utm_campaign,
    clicks,
    {{ cents_to_amount('cost_cents') }} as cost
from {{ source('marketing', 'ad_spend') }}
