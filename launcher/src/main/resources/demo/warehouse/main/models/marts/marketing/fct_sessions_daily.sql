select
    {{ day_of('started_at') }} as session_date,
    channel_group,
    count(distinct visitor_id) as visitor_count,
    count(session_id) as session_count,
    sum(page_view_count) as page_view_count
from {{ ref('int_sessions_attributed') }}
group by 1, 2
