select
    {{ day_of('opened_at') }} as opened_date,
    topic,
    priority,
    count(*) as ticket_count,
    avg(hours_to_reply) as average_hours_to_reply,
    avg(hours_to_solve) as average_hours_to_solve,
    sum(case when is_open then 1 else 0 end) as open_count
from {{ ref('int_ticket_times') }}
group by 1, 2, 3
