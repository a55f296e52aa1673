select
    page_view_id,
    session_id,
    path,
    viewed_at
from {{ source('web', 'page_views') }}
