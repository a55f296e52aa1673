with orders as (

    select * from {{ ref('stg_orders') }}
    where order_status not in ('cancelled', 'failed')

),

totals as (

    select * from {{ ref('int_order_totals') }}

)

select
    orders.customer_id,
    count(orders.order_id) as order_count,
    min(orders.placed_at) as first_order_at,
    max(orders.placed_at) as last_order_at,
    coalesce(sum(totals.net_amount), 0) as lifetime_net_amount
from orders
left join totals on totals.order_id = orders.order_id
group by orders.customer_id
