{#- Own versions of the dbt_expectations macros that models use; its tests are read from property files by their names. -#}
{% macro log_natural(x) %}ln({{ x }}){% endmacro %}
{% macro percentile_cont(field, p, partition=none) %}percentile_cont({{ p }}) within group (order by {{ field }}){{ ' over (partition by ' ~ partition ~ ')' if partition }}{% endmacro %}
{% macro median(field) %}{{ dbt_expectations.percentile_cont(field, 0.5) }}{% endmacro %}
{% macro rand() %}random(){% endmacro %}
{% macro regexp_instr(source_value, regexp, position=1, occurrence=1, is_raw=false, flags='') %}regexp_instr({{ source_value }}, '{{ regexp }}', {{ position }}, {{ occurrence }}){% endmacro %}
