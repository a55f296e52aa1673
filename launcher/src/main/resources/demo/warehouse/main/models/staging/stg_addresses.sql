select
    id as address_id,
    customer_id,
    kind as address_kind,
    city,
    postal_code,
    upper(country_code) as country_code
from {{ source('shop', 'addresses') }}
