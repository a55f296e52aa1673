with items as (

    select * from {{ ref('stg_order_items') }}

),

products as (

    select * from {{ ref('stg_products') }}

)

select
    items.order_item_id,
    items.order_id,
    items.product_id,
    products.category_id,
    items.quantity,
    items.quantity * items.unit_price as gross_amount,
    items.discount_amount,
    items.quantity * items.unit_price - items.discount_amount as net_amount,
    items.quantity * products.unit_cost as cost_amount
from items
inner join products on products.product_id = items.product_id
