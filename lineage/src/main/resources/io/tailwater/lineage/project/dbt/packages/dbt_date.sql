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
{% macro n_months_away(n, tz=none) %}{{ dbt.date_trunc('month', dbt.dateadd('month', n, dbt_date.today())) }}{% endmacro %}
{% macro n_weeks_away(n, tz=none) %}{{ dbt.date_trunc('week', dbt.dateadd('week', n, dbt_date.today())) }}{% endmacro %}
{% macro next_month(tz=none) %}{{ dbt_date.n_months_away(1) }}{% endmacro %}
{% macro next_week(tz=none) %}{{ dbt_date.n_weeks_away(1) }}{% endmacro %}
{% macro last_month_number(tz=none) %}{{ dbt_date.date_part('month', dbt_date.last_month()) }}{% endmacro %}
{% macro last_month_name(short=true, tz=none) %}{{ dbt_date.month_name(dbt_date.last_month(), short) }}{% endmacro %}
{% macro next_month_number(tz=none) %}{{ dbt_date.date_part('month', dbt_date.next_month()) }}{% endmacro %}
{% macro next_month_name(short=true, tz=none) %}{{ dbt_date.month_name(dbt_date.next_month(), short) }}{% endmacro %}
{#- All columns come from one generated day, so their names are what matters. -#}
{% macro get_date_dimension(start_date, end_date) %}
{%- set dates = ['date_day', 'prior_date_day', 'next_date_day', 'prior_year_date_day', 'prior_year_over_year_date_day'] -%}
{%- set days = ['day_of_week', 'day_of_week_iso', 'day_of_week_name', 'day_of_week_name_short', 'day_of_month', 'day_of_year'] -%}
{%- set weeks = [
  'week_start_date', 'week_end_date', 'prior_year_week_start_date', 'prior_year_week_end_date', 'week_of_year',
  'iso_week_start_date', 'iso_week_end_date', 'prior_year_iso_week_start_date', 'prior_year_iso_week_end_date',
  'iso_week_of_year', 'prior_year_week_of_year', 'prior_year_iso_week_of_year'
] -%}
{%- set months = [
  'month_of_year', 'month_name', 'month_name_short', 'month_start_date', 'month_end_date',
  'prior_year_month_start_date', 'prior_year_month_end_date'
] -%}
{%- set years = ['quarter_of_year', 'quarter_start_date', 'quarter_end_date', 'year_number', 'year_start_date', 'year_end_date'] -%}
select {% for name in dates + days + weeks + months + years %}d.date_day as {{ name }}{{ ', ' if not loop.last }}{% endfor %}
from ({{ dbt_date.get_base_dates(start_date, end_date) }}) as d
{% endmacro %}
