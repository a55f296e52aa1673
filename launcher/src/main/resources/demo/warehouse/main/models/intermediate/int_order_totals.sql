select
    order_id,
    count(*) as item_count,
    sum(quantity) as unit_count,
    sum(gross_amount) as gross_amount,
    sum(discount_amount) as discount_amount,
    sum(net_amount) as net_amount,
    sum(cost_amount) as cost_amount
from {{ ref('int_order_item_amounts') }}
group by order_id
