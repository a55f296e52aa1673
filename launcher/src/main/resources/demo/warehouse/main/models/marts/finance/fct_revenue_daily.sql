with orders as (

    select * from {{ ref('fct_orders') }}
    where order_status not in ('cancelled', 'failed')

)

select
    order_date,
    order_channel,
    currency,
    count(order_id) as order_count,
    count(distinct customer_id) as customer_count,
    sum(net_amount) as net_revenue,
    sum(shipping_amount) as shipping_revenue,
    sum(margin_amount) as margin,
    sum(refunded_amount) as refunds
from orders
group by order_date, order_channel, currency
