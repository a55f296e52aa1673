with ranked as (

    select
        customer_id,
        utm_source,
        utm_campaign,
        channel_group,
        started_at,
        row_number() over (partition by customer_id order by started_at) as touch_number
    from {{ ref('int_sessions_attributed') }}
    where customer_id is not null

)

select
    customer_id,
    utm_source as first_utm_source,
    utm_campaign as first_utm_campaign,
    channel_group as first_channel_group,
    started_at as first_seen_at
from ranked
where touch_number = 1
