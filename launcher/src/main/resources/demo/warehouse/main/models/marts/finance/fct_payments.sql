with payments as (

    select * from {{ ref('stg_payments') }}

),

orders as (

    select * from {{ ref('stg_orders') }}

)

select
    payments.payment_id,
    payments.order_id,
    orders.customer_id,
    orders.currency,
    payments.payment_method,
    payments.payment_status,
    payments.amount,
    payments.paid_at,
    {{ day_of('payments.paid_at') }} as payment_date
from payments
inner join orders on orders.order_id = payments.order_id
