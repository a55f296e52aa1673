select
    customer_id,
    contact_email,
    region,
    last_order_at
from {{ ref('dim_customers') }}
where has_marketing_consent
    and contact_email is not null
