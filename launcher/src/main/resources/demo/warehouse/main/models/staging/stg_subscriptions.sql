select
    id as subscription_id,
    customer_id,
    plan_id,
    status as subscription_status,
    started_at,
    cancelled_at,
    cancel_reason
from {{ source('shop', 'subscriptions') }}
