package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A star over a table whose columns are not known: all columns of {@code table} arrive unchanged, except as said here.
 *
 * @param table the table whose columns pass
 * @param mergedWith tables of further UNION branches whose columns arrive in the same places
 * @param except columns that do not pass (EXCEPT, EXCLUDE, columns merged by USING, columns known and listed on their own)
 * @param renamed columns that arrive under another name, old name to new name
 * @param replaced columns that keep their name and place but get another definition
 * @param range where the star stands
 */
public record PassThrough(
        TableRef table,
        List<TableRef> mergedWith,
        Set<String> except,
        Map<String, String> renamed,
        Map<String, OutputColumn> replaced,
        SourceRange range)
        implements OutputItem {

    public PassThrough {
        mergedWith = List.copyOf(mergedWith);
        except = Set.copyOf(except);
        renamed = Map.copyOf(renamed);
        replaced = Map.copyOf(replaced);
    }
}
