select
    ticket_id,
    customer_id,
    topic,
    priority,
    opened_at,
    extract(epoch from first_reply_at - opened_at) / 3600 as hours_to_reply,
    extract(epoch from solved_at - opened_at) / 3600 as hours_to_solve,
    solved_at is null as is_open
from {{ ref('stg_tickets') }}
