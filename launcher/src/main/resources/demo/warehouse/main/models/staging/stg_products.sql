select
    id as product_id,
    sku,
    name as product_name,
    category_id,
    {{ cents_to_amount('unit_cost_cents') }} as unit_cost,
    {{ cents_to_amount('list_price_cents') }} as list_price,
    is_active,
    created_at
from {{ source('shop', 'products') }}
