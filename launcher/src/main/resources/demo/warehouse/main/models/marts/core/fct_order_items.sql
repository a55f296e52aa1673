select
    items.order_item_id,
    items.order_id,
    items.product_id,
    products.category_name,
    orders.customer_id,
    orders.placed_at,
    items.quantity,
    items.gross_amount,
    items.discount_amount,
    items.net_amount,
    items.net_amount - items.cost_amount as margin_amount
from {{ ref('int_order_item_amounts') }} as items
inner join {{ ref('stg_orders') }} as orders on orders.order_id = items.order_id
left join {{ ref('dim_products') }} as products on products.product_id = items.product_id
