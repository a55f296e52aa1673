with source as (

    select * from {{ source('shop', 'orders') }}

)

select
    id as order_id,
    customer_id,
    coupon_id,
    status as order_status,
    channel as order_channel,
    currency,
    {{ cents_to_amount('shipping_cents') }} as shipping_amount,
    is_test,
    placed_at,
    updated_at
from source
where status <> 'draft'
