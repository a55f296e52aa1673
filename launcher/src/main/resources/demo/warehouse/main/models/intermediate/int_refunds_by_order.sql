select
    payments.order_id,
    sum(refunds.refund_amount) as refunded_amount,
    count(refunds.refund_id) as refund_count,
    max(refunds.refunded_at) as last_refunded_at
from {{ ref('stg_refunds') }} as refunds
inner join {{ ref('stg_payments') }} as payments
    on payments.payment_id = refunds.payment_id
group by payments.order_id
