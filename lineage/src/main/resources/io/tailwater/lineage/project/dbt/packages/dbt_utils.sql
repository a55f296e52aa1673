{#- Own versions of dbt_utils macros: the same columns from the same upstream columns, for repositories that do not hold the package. -#}
{% macro generate_surrogate_key(field_list) -%}
  {%- set fields = [] -%}
  {%- for field in field_list -%}
    {%- do fields.append("coalesce(cast(" ~ field ~ " as " ~ dbt.type_string() ~ "), '_dbt_utils_surrogate_key_null_')") -%}
    {%- if not loop.last %}{%- do fields.append("'-'") -%}{%- endif -%}
  {%- endfor -%}
  {{ dbt.hash(dbt.concat(fields)) }}
{%- endmacro %}

{% macro surrogate_key(field_list) -%}
  {%- if field_list is string -%}
    {%- set all_fields = [field_list] + (varargs | list) -%}
  {%- else -%}
    {%- set all_fields = field_list -%}
  {%- endif -%}
  {%- set fields = [] -%}
  {%- for field in all_fields -%}
    {%- do fields.append("coalesce(cast(" ~ field ~ " as " ~ dbt.type_string() ~ "), '')") -%}
    {%- if not loop.last %}{%- do fields.append("'-'") -%}{%- endif -%}
  {%- endfor -%}
  {{ dbt.hash(dbt.concat(fields)) }}
{%- endmacro %}

{% macro get_filtered_columns_in_relation(from, except=[]) -%}
  {%- set kept = [] -%}
  {%- set unwanted = except | map('lower') | list -%}
  {%- for column in adapter.get_columns_in_relation(from) -%}
    {%- if column.name | lower not in unwanted -%}{%- do kept.append(column.name) -%}{%- endif -%}
  {%- endfor -%}
  {{ return(kept) }}
{%- endmacro %}

{% macro star(from, relation_alias=False, except=[], prefix='', suffix='', quote_identifiers=True) -%}
  {%- set columns = adapter.get_columns_in_relation(from) -%}
  {%- if not tailwater_is_known(columns) and prefix == '' and suffix == '' -%}
    {{ relation_alias ~ '.' if relation_alias }}*{% if except %} {{ 'except' if adapter.type() in ('bigquery', 'databricks', 'clickhouse', 'spark') else 'exclude' }} ({{ except | join(', ') }}){% endif %}
  {%- else -%}
    {%- set names = dbt_utils.get_filtered_columns_in_relation(from, except) -%}
    {%- for name in names %}
      {{- relation_alias ~ '.' if relation_alias }}{{ name }}{% if prefix != '' or suffix != '' %} as {{ prefix ~ name ~ suffix }}{% endif %}{{ ',\n  ' if not loop.last }}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{% macro union_relations(relations, column_override=none, include=[], exclude=[], source_column_name='_dbt_source_relation', where=none) -%}
  {%- set superset = [] -%}
  {%- set by_relation = {} -%}
  {%- set all_known = namespace(value=true) -%}
  {%- for relation in relations -%}
    {%- set columns = adapter.get_columns_in_relation(relation) -%}
    {%- if not tailwater_is_known(columns) -%}{%- set all_known.value = false -%}{%- else -%}
      {%- set names = [] -%}
      {%- for column in columns -%}
        {%- set wanted = column.name | lower in (include | map('lower') | list) if include else column.name | lower not in (exclude | map('lower') | list) -%}
        {%- if wanted -%}
          {%- do names.append(column.name | lower) -%}
          {%- if column.name | lower not in superset -%}{%- do superset.append(column.name | lower) -%}{%- endif -%}
        {%- endif -%}
      {%- endfor -%}
      {%- do by_relation.update({relation ~ '': names}) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- for relation in relations %}
    (
      select
        {% if source_column_name is not none -%}
        cast('{{ relation.identifier }}' as {{ dbt.type_string() }}) as {{ source_column_name }},
        {%- endif %}
        {% if all_known.value -%}
        {%- for name in superset %}
        {% if name in by_relation[relation ~ ''] %}{{ name }}{% else %}null as {{ name }}{% endif %}{{ ',' if not loop.last }}
        {%- endfor %}
        {%- else -%}
        {{ include | join(', ') if include else '*' }}
        {%- endif %}
      from {{ relation }}
      {% if where %}where {{ where }}{% endif %}
    )
    {% if not loop.last %}union all{% endif %}
  {%- endfor %}
{%- endmacro %}

{% macro pivot(column, values, alias=True, agg='sum', cmp='=', prefix='', suffix='', then_value=1, else_value=0, quote_identifiers=True, distinct=False) -%}
  {%- for value in values %}
    {{ agg }}({{ 'distinct ' if distinct }}case when {{ column }} {{ cmp }} '{{ value }}' then {{ then_value }} else {{ else_value }} end)
    {%- if alias %} as {% if quote_identifiers and value is string and value | lower != value %}{{ adapter.quote(prefix ~ value ~ suffix) }}{% else %}{{ dbt_utils.slugify(prefix ~ value ~ suffix) }}{% endif %}{% endif -%}
    {{ ',' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{% macro unpivot(relation=none, cast_to='varchar', exclude=none, remove=none, field_name='field_name', value_name='value', table=none, quote_identifiers=False) -%}
  {%- set source = relation if relation is not none else table -%}
  {%- set kept = exclude if exclude is not none else [] -%}
  {%- set dropped = (kept + (remove if remove is not none else [])) | map('lower') | list -%}
  {%- set wanted = [] -%}
  {%- for column in adapter.get_columns_in_relation(source) -%}
    {%- if column.name | lower not in dropped -%}{%- do wanted.append(column.name) -%}{%- endif -%}
  {%- endfor -%}
  {%- for name in wanted %}
    select
      {% for kept_name in kept %}{{ kept_name }},
      {% endfor -%}
      cast('{{ name }}' as {{ dbt.type_string() }}) as {{ field_name }},
      cast({{ name }} as {{ cast_to }}) as {{ value_name }}
    from {{ source }}
    {% if not loop.last %}union all{% endif %}
  {%- endfor -%}
{%- endmacro %}

{% macro deduplicate(relation, partition_by, order_by=none, relation_alias=none, group_by=none) -%}
  {%- set keys = partition_by if partition_by else group_by -%}
  {%- set columns = adapter.get_columns_in_relation(relation) if relation is not string else [] %}
  select * from {{ relation }}
  qualify row_number() over (partition by {{ keys }} {{ 'order by ' ~ order_by if order_by }}) = 1
{%- endmacro %}

{% macro group_by(n) -%}
  group by {% for i in range(1, n + 1) %}{{ i }}{{ ',' if not loop.last }}{% endfor %}
{%- endmacro %}

{% macro get_powers_of_two(upper_bound) -%}
  {%- set powers = namespace(value=1) -%}
  {%- for i in range(1, 100) -%}
    {%- if upper_bound <= 2 ** i and powers.value == 1 -%}{%- set powers.value = i -%}{%- endif -%}
  {%- endfor -%}
  {{ return(powers.value) }}
{%- endmacro %}

{% macro generate_series(upper_bound) %}
    select generated_number from (
      select row_number() over (order by 1) as generated_number from (select 1 as p) as unioned
    ) as numbered
    where generated_number <= {{ upper_bound }}
{% endmacro %}

{% macro date_spine(datepart, start_date, end_date) %}
    with all_periods as (
      select {{ dbt.dateadd(datepart, 'row_number() over (order by 1) - 1', start_date) }} as date_{{ datepart }}
      from (select 1 as p) as rawdata
    ), filtered as (
      select * from all_periods where date_{{ datepart }} <= {{ end_date }}
    )
    select * from filtered
{% endmacro %}

{% macro get_column_values(table, column, order_by='count(*) desc', max_records=none, default=none, where=none) -%}
  {{ return(tailwater_unknown('the values of the column ' ~ column)) }}
{%- endmacro %}
{% macro get_query_results_as_dict(query) -%}{{ return(tailwater_unknown('the result of a query')) }}{%- endmacro %}
{% macro get_single_value(query, default=none) -%}{{ return(tailwater_unknown('the result of a query')) }}{%- endmacro %}
{% macro get_relations_by_pattern(schema_pattern, table_pattern, exclude='', database=none) -%}{{ return(tailwater_relations(schema_pattern, table_pattern)) }}{%- endmacro %}
{% macro get_relations_by_prefix(schema, prefix, exclude='', database=none) -%}{{ return(tailwater_relations(schema, prefix ~ '%')) }}{%- endmacro %}
{% macro get_relations_by_prefix_and_suffix(schema, prefix, suffix, exclude='', database=none) -%}{{ return(tailwater_relations(schema, prefix ~ '%' ~ suffix)) }}{%- endmacro %}
{% macro get_tables_by_pattern_sql(schema_pattern, table_pattern, exclude='', database=none) -%}{{ return(tailwater_unknown('which tables match a pattern')) }}{%- endmacro %}

{% macro slugify(string) -%}
  {{ return(tailwater_slug(string)) }}
{%- endmacro %}
{% macro safe_add() -%}
  {%- set fields = varargs[0] if varargs and varargs[0] is not string else varargs -%}
  {%- for field in fields %}coalesce({{ field }}, 0){{ ' + ' if not loop.last }}{% endfor -%}
{%- endmacro %}
{% macro safe_subtract(field_list) -%}
  {%- for field in field_list %}coalesce({{ field }}, 0){{ ' - ' if not loop.last }}{% endfor -%}
{%- endmacro %}
{% macro safe_divide(numerator, denominator) -%}( {{ numerator }} ) / nullif( ( {{ denominator }} ), 0){%- endmacro %}
{% macro nullcheck(cols) -%}
  {%- for col in cols %}{{ col.name }}{{ ',' if not loop.last }}{% endfor -%}
{%- endmacro %}
{% macro haversine_distance(lat1, lon1, lat2, lon2, unit='mi') -%}
  2 * 3961 * asin(sqrt(power(sin(radians({{ lat2 }} - {{ lat1 }}) / 2), 2) + cos(radians({{ lat1 }})) * cos(radians({{ lat2 }})) * power(sin(radians({{ lon2 }} - {{ lon1 }}) / 2), 2)))
{%- endmacro %}
{% macro width_bucket(expr, min_value, max_value, num_buckets) -%}width_bucket({{ expr }}, {{ min_value }}, {{ max_value }}, {{ num_buckets }}){%- endmacro %}
{% macro get_url_parameter(field, url_parameter) -%}nullif(split_part(split_part({{ field }}, '{{ url_parameter }}=', 2), '&', 1), ''){%- endmacro %}
{% macro get_url_host(field) -%}split_part(split_part(replace({{ field }}, 'android-app://', ''), '://', 2), '/', 1){%- endmacro %}
{% macro get_url_path(field) -%}split_part({{ field }}, '?', 1){%- endmacro %}
{% macro pretty_time(format='%H:%M:%S') -%}{{ return('') }}{%- endmacro %}
{% macro pretty_log_format(message) -%}{{ return('') }}{%- endmacro %}
{% macro log_info(message) -%}{{ return('') }}{%- endmacro %}
{% macro current_timestamp() %}{{ dbt.current_timestamp() }}{% endmacro %}
{% macro current_timestamp_in_utc() %}{{ dbt.current_timestamp() }}{% endmacro %}
{% macro dateadd(datepart, interval, from_date_or_timestamp) %}{{ dbt.dateadd(datepart, interval, from_date_or_timestamp) }}{% endmacro %}
{% macro datediff(first_date, second_date, datepart) %}{{ dbt.datediff(first_date, second_date, datepart) }}{% endmacro %}
{% macro date_trunc(datepart, date) %}{{ dbt.date_trunc(datepart, date) }}{% endmacro %}
{% macro last_day(date, datepart) %}{{ dbt.last_day(date, datepart) }}{% endmacro %}
{% macro split_part(string_text, delimiter_text, part_number) %}{{ dbt.split_part(string_text, delimiter_text, part_number) }}{% endmacro %}
{% macro safe_cast(field, type) %}{{ dbt.safe_cast(field, type) }}{% endmacro %}
{% macro concat(fields) %}{{ dbt.concat(fields) }}{% endmacro %}
{% macro hash(field) %}{{ dbt.hash(field) }}{% endmacro %}
{% macro listagg(measure, delimiter_text="','", order_by_clause=none, limit_num=none) %}{{ dbt.listagg(measure, delimiter_text, order_by_clause, limit_num) }}{% endmacro %}
{% macro any_value(expression) %}{{ dbt.any_value(expression) }}{% endmacro %}
{% macro bool_or(expression) %}{{ dbt.bool_or(expression) }}{% endmacro %}
{% macro length(expression) %}{{ dbt.length(expression) }}{% endmacro %}
{% macro position(substring_text, string_text) %}{{ dbt.position(substring_text, string_text) }}{% endmacro %}
{% macro replace(field, old_chars, new_chars) %}{{ dbt.replace(field, old_chars, new_chars) }}{% endmacro %}
{% macro right(string_text, length_expression) %}{{ dbt.right(string_text, length_expression) }}{% endmacro %}
{% macro cast_bool_to_text(field) %}{{ dbt.cast_bool_to_text(field) }}{% endmacro %}
{% macro identifier(value) %}{{ value }}{% endmacro %}
{% macro type_string() %}{{ dbt.type_string() }}{% endmacro %}
{% macro type_int() %}{{ dbt.type_int() }}{% endmacro %}
{% macro type_bigint() %}{{ dbt.type_bigint() }}{% endmacro %}
{% macro type_float() %}{{ dbt.type_float() }}{% endmacro %}
{% macro type_numeric() %}{{ dbt.type_numeric() }}{% endmacro %}
{% macro type_timestamp() %}{{ dbt.type_timestamp() }}{% endmacro %}
{% macro except() %}{{ dbt.except() }}{% endmacro %}
{% macro intersect() %}{{ dbt.intersect() }}{% endmacro %}
{% macro string_literal(value) %}{{ dbt.string_literal(value) }}{% endmacro %}
{% macro escape_single_quotes(expression) %}{{ dbt.escape_single_quotes(expression) }}{% endmacro %}
