with products as (

    select * from {{ ref('stg_products') }}

),

categories as (

    select * from {{ ref('stg_product_categories') }}

)

select
    products.product_id,
    products.sku,
    products.product_name,
    categories.category_name,
    parents.category_name as parent_category_name,
    products.unit_cost,
    products.list_price,
    products.list_price - products.unit_cost as list_margin,
    products.is_active
from products
left join categories on categories.category_id = products.category_id
left join categories as parents on parents.category_id = categories.parent_category_id
