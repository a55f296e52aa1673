select
    ticket_id,
    customer_id,
    topic,
    priority,
    opened_at,
    first_reply_at,
    solved_at
from {{ source('support', 'tickets') }}
