select
    id as plan_id,
    name as plan_name,
    billing_interval,
    {{ cents_to_amount('price_cents') }} as plan_price
from {{ source('shop', 'plans') }}
