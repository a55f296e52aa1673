{{ config(materialized='table') }}

with orders as (

    select * from {{ ref('stg_orders') }}

),

totals as (

    select * from {{ ref('int_order_totals') }}

),

payments as (

    select * from {{ ref('int_payments_by_order') }}

),

refunds as (

    select * from {{ ref('int_refunds_by_order') }}

),

shipments as (

    select * from {{ ref('int_shipments_by_order') }}

),

coupons as (

    select * from {{ ref('stg_coupons') }}

)

select
    orders.order_id,
    orders.customer_id,
    orders.order_status,
    orders.order_channel,
    orders.currency,
    coupons.coupon_code,
    orders.placed_at,
    {{ day_of('orders.placed_at') }} as order_date,
    totals.item_count,
    totals.gross_amount,
    totals.discount_amount,
    totals.net_amount,
    orders.shipping_amount,
    totals.net_amount - totals.cost_amount as margin_amount,
    coalesce(payments.paid_amount, 0) as paid_amount,
    payments.first_paid_at,
    coalesce(refunds.refunded_amount, 0) as refunded_amount,
    shipments.first_shipped_at,
    shipments.delivered_at
from orders
left join totals on totals.order_id = orders.order_id
left join payments on payments.order_id = orders.order_id
left join refunds on refunds.order_id = orders.order_id
left join shipments on shipments.order_id = orders.order_id
left join coupons on coupons.coupon_id = orders.coupon_id
