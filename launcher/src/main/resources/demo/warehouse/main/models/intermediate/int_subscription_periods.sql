with subscriptions as (

    select * from {{ ref('stg_subscriptions') }}

),

plans as (

    select * from {{ ref('stg_plans') }}

)

select
    subscriptions.subscription_id,
    subscriptions.customer_id,
    plans.plan_name,
    case
        when plans.billing_interval = 'year' then plans.plan_price / 12
        else plans.plan_price
    end as monthly_price,
    subscriptions.started_at,
    subscriptions.cancelled_at,
    subscriptions.cancel_reason,
    subscriptions.cancelled_at is null as is_running
from subscriptions
inner join plans on plans.plan_id = subscriptions.plan_id
