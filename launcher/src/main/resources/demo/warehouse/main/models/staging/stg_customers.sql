with source as (

    select * from {{ source('shop', 'customers') }}

)

select
    id as customer_id,
    email,
    first_name,
    last_name,
    phone,
    upper(country_code) as country_code,
    marketing_consent as has_marketing_consent,
    created_at as registered_at
from source
where deleted_at is null
