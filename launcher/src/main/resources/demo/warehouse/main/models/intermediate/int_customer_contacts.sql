with customers as (

    select * from {{ ref('stg_customers') }}

),

shipping_addresses as (

    select
        customer_id,
        city,
        postal_code,
        row_number() over (partition by customer_id order by address_id desc) as newest_first
    from {{ ref('stg_addresses') }}
    where address_kind = 'shipping'

)

select
    customers.customer_id,
    customers.first_name || ' ' || customers.last_name as full_name,
    lower(customers.email) as contact_email,
    split_part(lower(customers.email), '@', 2) as email_domain,
    customers.phone as contact_phone,
    customers.has_marketing_consent,
    shipping_addresses.city,
    shipping_addresses.postal_code
from customers
left join shipping_addresses
    on shipping_addresses.customer_id = customers.customer_id
    and shipping_addresses.newest_first = 1
