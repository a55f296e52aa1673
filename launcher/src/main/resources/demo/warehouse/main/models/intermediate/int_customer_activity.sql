with orders as (

    select
        customer_id,
        placed_at as happened_at,
        'order' as activity
    from {{ ref('stg_orders') }}

),

tickets as (

    select
        customer_id,
        opened_at as happened_at,
        'ticket' as activity
    from {{ ref('stg_tickets') }}

),

sessions as (

    select
        customer_id,
        started_at as happened_at,
        'session' as activity
    from {{ ref('stg_sessions') }}
    where customer_id is not null

)

select * from orders
union all
select * from tickets
union all
select * from sessions
