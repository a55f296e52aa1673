select
    order_id,
    customer_id,
    currency,
    net_amount + shipping_amount as invoiced_amount,
    paid_amount,
    net_amount + shipping_amount - paid_amount as open_amount,
    placed_at
from {{ ref('fct_orders') }}
where order_status = 'invoiced'
    and paid_amount < net_amount + shipping_amount
