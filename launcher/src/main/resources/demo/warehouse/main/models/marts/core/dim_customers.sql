{{ config(materialized='table') }}

with customers as (

    select * from {{ ref('stg_customers') }}

),

contacts as (

    select * from {{ ref('int_customer_contacts') }}

),

orders as (

    select * from {{ ref('int_customer_orders') }}

),

regions as (

    select * from {{ ref('country_regions') }}

)

select
    customers.customer_id,
    contacts.full_name,
    contacts.contact_email,
    contacts.email_domain,
    contacts.city,
    customers.country_code,
    regions.region,
    customers.has_marketing_consent,
    customers.registered_at,
    orders.first_order_at,
    orders.last_order_at,
    coalesce(orders.order_count, 0) as order_count,
    coalesce(orders.lifetime_net_amount, 0) as lifetime_value
from customers
left join contacts on contacts.customer_id = customers.customer_id
left join orders on orders.customer_id = customers.customer_id
left join regions on regions.country_code = customers.country_code
