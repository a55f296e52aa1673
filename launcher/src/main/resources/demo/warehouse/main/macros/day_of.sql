{% macro day_of(column) %}
    cast(date_trunc('day', {{ column }}) as date)
{% endmacro %}
