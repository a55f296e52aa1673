select
    id as refund_id,
    payment_id,
    reason as refund_reason,
    {{ cents_to_amount('amount_cents') }} as refund_amount,
    refunded_at
from {{ source('shop', 'refunds') }}
