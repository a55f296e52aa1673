{#- dbt's own macros that write SQL of the same lineage on every warehouse, where a project or package does not define its own. -#}
{% macro type_string() %}{{ 'string' if adapter.type() in ('bigquery', 'databricks', 'spark', 'hive') else 'varchar' }}{% endmacro %}
{% macro type_int() %}{{ 'int64' if adapter.type() == 'bigquery' else 'int' }}{% endmacro %}
{% macro type_bigint() %}{{ 'int64' if adapter.type() == 'bigquery' else 'bigint' }}{% endmacro %}
{% macro type_float() %}{{ 'float64' if adapter.type() == 'bigquery' else 'float' }}{% endmacro %}
{% macro type_numeric() %}{{ 'numeric' if adapter.type() == 'bigquery' else 'numeric(28, 6)' }}{% endmacro %}
{% macro type_boolean() %}{{ 'bool' if adapter.type() == 'bigquery' else 'boolean' }}{% endmacro %}
{% macro type_timestamp() %}timestamp{% endmacro %}
{% macro current_timestamp() %}{{ 'current_timestamp()' if adapter.type() in ('snowflake', 'bigquery', 'databricks', 'spark') else 'current_timestamp' }}{% endmacro %}
{% macro current_timestamp_in_utc() %}{{ current_timestamp() }}{% endmacro %}
{% macro current_timestamp_backcompat() %}{{ current_timestamp() }}{% endmacro %}
{% macro date_trunc(datepart, date) %}{% if adapter.type() == 'bigquery' %}timestamp_trunc(cast({{ date }} as timestamp), {{ datepart }}){% else %}date_trunc('{{ datepart }}', {{ date }}){% endif %}{% endmacro %}
{% macro dateadd(datepart, interval, from_date_or_timestamp) %}{% if adapter.type() == 'bigquery' %}datetime_add(cast({{ from_date_or_timestamp }} as datetime), interval {{ interval }} {{ datepart }}){% elif adapter.type() in ('postgres', 'duckdb') %}{{ from_date_or_timestamp }} + ((interval '1 {{ datepart }}') * ({{ interval }})){% elif adapter.type() in ('trino', 'presto', 'athena') %}date_add('{{ datepart }}', {{ interval }}, {{ from_date_or_timestamp }}){% else %}dateadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }}){% endif %}{% endmacro %}
{% macro datediff(first_date, second_date, datepart) %}{% if adapter.type() == 'bigquery' %}datetime_diff(cast({{ second_date }} as datetime), cast({{ first_date }} as datetime), {{ datepart }}){% elif adapter.type() in ('trino', 'presto', 'athena') %}date_diff('{{ datepart }}', {{ first_date }}, {{ second_date }}){% elif adapter.type() in ('postgres', 'duckdb') %}date_part('{{ datepart }}', {{ second_date }} - {{ first_date }}){% else %}datediff({{ datepart }}, {{ first_date }}, {{ second_date }}){% endif %}{% endmacro %}
{% macro last_day(date, datepart) %}cast({{ dateadd('day', '-1', dateadd(datepart, '1', date_trunc(datepart, date))) }} as date){% endmacro %}
{% macro date() %}{% endmacro %}
{% macro concat(fields) %}{% if adapter.type() in ('bigquery', 'databricks', 'spark') %}concat({{ fields | join(', ') }}){% else %}{{ fields | join(' || ') }}{% endif %}{% endmacro %}
{% macro hash(field) %}{% if adapter.type() == 'bigquery' %}to_hex(md5(cast({{ field }} as {{ type_string() }}))){% else %}md5(cast({{ field }} as {{ type_string() }})){% endif %}{% endmacro %}
{% macro safe_cast(field, type) %}{% if adapter.type() == 'bigquery' %}safe_cast({{ field }} as {{ type }}){% elif adapter.type() in ('snowflake', 'databricks', 'trino', 'tsql') %}try_cast({{ field }} as {{ type }}){% else %}cast({{ field }} as {{ type }}){% endif %}{% endmacro %}
{% macro cast(field, type) %}cast({{ field }} as {{ type }}){% endmacro %}
{% macro cast_bool_to_text(field) %}cast({{ field }} as {{ type_string() }}){% endmacro %}
{% macro split_part(string_text, delimiter_text, part_number) %}{% if adapter.type() == 'bigquery' %}split({{ string_text }}, {{ delimiter_text }})[safe_offset({{ part_number - 1 }})]{% else %}split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }}){% endif %}{% endmacro %}
{% macro listagg(measure, delimiter_text="','", order_by_clause=none, limit_num=none) %}{% if adapter.type() in ('bigquery', 'postgres', 'duckdb') %}string_agg({{ measure }}, {{ delimiter_text }}{{ ' ' ~ order_by_clause if order_by_clause }}){% else %}listagg({{ measure }}, {{ delimiter_text }}){{ ' within group (' ~ order_by_clause ~ ')' if order_by_clause }}{% endif %}{% endmacro %}
{% macro any_value(expression) %}any_value({{ expression }}){% endmacro %}
{% macro bool_or(expression) %}{% if adapter.type() == 'bigquery' %}logical_or({{ expression }}){% elif adapter.type() == 'snowflake' %}boolor_agg({{ expression }}){% else %}bool_or({{ expression }}){% endif %}{% endmacro %}
{% macro length(expression) %}length({{ expression }}){% endmacro %}
{% macro position(substring_text, string_text) %}{% if adapter.type() == 'bigquery' %}strpos({{ string_text }}, {{ substring_text }}){% else %}position({{ substring_text }} in {{ string_text }}){% endif %}{% endmacro %}
{% macro replace(field, old_chars, new_chars) %}replace({{ field }}, {{ old_chars }}, {{ new_chars }}){% endmacro %}
{% macro right(string_text, length_expression) %}right({{ string_text }}, {{ length_expression }}){% endmacro %}
{% macro string_literal(value) %}'{{ value }}'{% endmacro %}
{% macro escape_single_quotes(expression) %}{{ expression | replace("'", "''") }}{% endmacro %}
{% macro except() %}{{ 'except distinct' if adapter.type() == 'bigquery' else 'except' }}{% endmacro %}
{% macro intersect() %}{{ 'intersect distinct' if adapter.type() == 'bigquery' else 'intersect' }}{% endmacro %}
{% macro array_append(array, new_element) %}array_append({{ array }}, {{ new_element }}){% endmacro %}
{% macro array_concat(array_1, array_2) %}array_cat({{ array_1 }}, {{ array_2 }}){% endmacro %}
{% macro array_construct(inputs=[], data_type=none) %}{% if adapter.type() == 'snowflake' %}array_construct({{ inputs | join(', ') }}){% else %}array[{{ inputs | join(', ') }}]{% endif %}{% endmacro %}
{% macro generate_series(upper_bound) %}{{ dbt_utils.generate_series(upper_bound) }}{% endmacro %}
{% macro date_spine(datepart, start_date, end_date) %}{{ dbt_utils.date_spine(datepart, start_date, end_date) }}{% endmacro %}
