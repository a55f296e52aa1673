with sessions as (

    select * from {{ ref('stg_sessions') }}

),

views as (

    select
        session_id,
        count(*) as page_view_count
    from {{ ref('stg_page_views') }}
    group by session_id

),

channels as (

    select * from {{ ref('channel_groups') }}

)

select
    sessions.session_id,
    sessions.visitor_id,
    sessions.customer_id,
    sessions.utm_source,
    sessions.utm_campaign,
    coalesce(channels.channel_group, 'other') as channel_group,
    coalesce(views.page_view_count, 0) as page_view_count,
    sessions.started_at
from sessions
left join views on views.session_id = sessions.session_id
left join channels on channels.utm_source = sessions.utm_source
