with customers as (

    select * from {{ ref('mart_customer_360') }}

),

scored as (

    select
        customer_id,
        plan_name,
        last_active_at,
        case
            when last_active_at < current_date - interval '120 days' then 3
            when last_active_at < current_date - interval '60 days' then 2
            else 0
        end as silence_score,
        case when ticket_count > 3 then 1 else 0 end as support_score
    from customers
    where plan_name is not null

)

select
    customer_id,
    plan_name,
    last_active_at,
    silence_score + support_score as risk_score,
    silence_score + support_score >= 3 as is_at_risk
from scored
