{#- Own versions of fivetran_utils macros: the same columns from the same upstream columns. -#}
{% macro string_agg(field_to_agg, delimiter) %}{{ dbt.listagg(field_to_agg, delimiter) }}{% endmacro %}
{% macro json_parse(string, string_path) %}{{ string }}{% endmacro %}
{% macro json_extract(string, string_path) %}json_extract_path_text({{ string }}, '{{ string_path }}'){% endmacro %}
{% macro max_bool(boolean_field) %}max({{ boolean_field }}){% endmacro %}
{% macro timestamp_add(datepart, interval, from_timestamp) %}{{ dbt.dateadd(datepart, interval, from_timestamp) }}{% endmacro %}
{% macro timestamp_diff(first_date, second_date, datepart) %}{{ dbt.datediff(first_date, second_date, datepart) }}{% endmacro %}
{% macro try_cast(field, type) %}{{ dbt.safe_cast(field, type) }}{% endmacro %}
{% macro first_value(first_value_field, partition_field, order_by_field, order='asc') %}first_value({{ first_value_field }}) over (partition by {{ partition_field }} order by {{ order_by_field }} {{ order }}){% endmacro %}
{% macro enabled_vars(vars) %}{% for v in vars %}{% if var(v, True) == False %}{{ return(False) }}{% endif %}{% endfor %}{{ return(True) }}{% endmacro %}
{% macro fill_pass_through_columns(pass_through_variable) %}{% for field in (var(pass_through_variable, []) or []) %}, {{ (field.alias or field.name) if field is mapping else field }}{% endfor %}{% endmacro %}
