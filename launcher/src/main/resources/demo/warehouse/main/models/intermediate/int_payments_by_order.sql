with payments as (

    select * from {{ ref('stg_payments') }}
    where payment_status = 'captured'

)

select
    order_id,
    sum(amount) as paid_amount,
    min(paid_at) as first_paid_at,
    max(paid_at) as last_paid_at,
    count(distinct payment_method) as method_count
from payments
group by order_id
