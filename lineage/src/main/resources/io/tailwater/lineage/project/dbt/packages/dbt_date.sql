{#- Own versions of dbt_date macros: the same columns from the same upstream columns. -#}
{% macro get_base_dates(start_date=none, end_date=none, n_dateparts=none, datepart='day') %}
  select cast(d.date_{{ datepart }} as timestamp) as date_{{ datepart }} from ({{ dbt_utils.date_spine(datepart, "cast('" ~ (start_date or '2000-01-01') ~ "' as date)", "cast('" ~ (end_date or '2100-01-01') ~ "' as date)") }}) as d
{% endmacro %}
{% macro now(tz=none) %}{{ dbt.current_timestamp() }}{% endmacro %}
{% macro today(tz=none) %}cast({{ dbt.current_timestamp() }} as date){% endmacro %}
{% macro yesterday(date=none, tz=none) %}{{ dbt.dateadd('day', '-1', date or dbt_date.today()) }}{% endmacro %}
{% macro tomorrow(date=none, tz=none) %}{{ dbt.dateadd('day', '1', date or dbt_date.today()) }}{% endmacro %}
{% macro n_days_ago(n, date=none, tz=none) %}{{ dbt.dateadd('day', '-' ~ n, date or dbt_date.today()) }}{% endmacro %}
{% macro n_days_away(n, date=none, tz=none) %}{{ dbt.dateadd('day', n, date or dbt_date.today()) }}{% endmacro %}
{% macro n_months_ago(n, tz=none) %}{{ dbt.date_trunc('month', dbt.dateadd('month', '-' ~ n, dbt_date.today())) }}{% endmacro %}
{% macro n_weeks_ago(n, tz=none) %}{{ dbt.date_trunc('week', dbt.dateadd('week', '-' ~ n, dbt_date.today())) }}{% endmacro %}
{% macro convert_timezone(column, target_tz=none, source_tz=none) %}convert_timezone('{{ target_tz or 'UTC' }}', {{ column }}){% endmacro %}
{% macro date_part(datepart, date) %}date_part('{{ datepart }}', {{ date }}){% endmacro %}
{% macro day_of_week(date, isoweek=true) %}date_part('dayofweek', {{ date }}){% endmacro %}
{% macro day_of_month(date) %}date_part('day', {{ date }}){% endmacro %}
{% macro day_of_year(date) %}date_part('dayofyear', {{ date }}){% endmacro %}
{% macro day_name(date, short=true) %}to_char({{ date }}, 'Dy'){% endmacro %}
{% macro month_name(date, short=true) %}to_char({{ date }}, 'Mon'){% endmacro %}
{% macro week_start(date, tz=none) %}cast({{ dbt.date_trunc('week', date) }} as date){% endmacro %}
{% macro week_end(date, tz=none) %}cast({{ dbt.last_day(date, 'week') }} as date){% endmacro %}
{% macro week_of_year(date, tz=none) %}date_part('week', {{ date }}){% endmacro %}
{% macro iso_week_start(date, tz=none) %}cast({{ dbt.date_trunc('week', date) }} as date){% endmacro %}
{% macro iso_week_end(date, tz=none) %}{{ dbt.dateadd('day', 6, dbt.date_trunc('week', date)) }}{% endmacro %}
{% macro iso_week_of_year(date, tz=none) %}date_part('week', {{ date }}){% endmacro %}
{% macro to_unixtimestamp(timestamp) %}date_part('epoch_seconds', {{ timestamp }}){% endmacro %}
{% macro from_unixtimestamp(epochs, format='seconds') %}to_timestamp({{ epochs }}){% endmacro %}
{% macro round_timestamp(timestamp) %}{{ dbt.date_trunc('day', dbt.dateadd('hour', 12, timestamp)) }}{% endmacro %}
{% macro last_month(tz=none) %}{{ dbt_date.n_months_ago(1) }}{% endmacro %}
{% macro last_week(tz=none) %}{{ dbt_date.n_weeks_ago(1) }}{% endmacro %}
