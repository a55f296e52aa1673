package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A star over a table whose columns are not known: all columns of {@code table} arrive unchanged, except as said here.
 *
 * @param table the table whose columns pass
 * @param known columns of {@code table} that are known to exist although the list is not complete; they stand in the output as columns of their own and are
 *     not part of this item
 * @param except columns that do not pass (EXCEPT, EXCLUDE, columns merged by USING, columns known and listed on their own)
 * @param renamed columns that arrive under another name, old name to new name
 * @param replaced columns that keep their name and place but get another definition
 * @param range where the star stands
 */
public record PassThrough(
        TableRef table,
        List<String> known,
        Set<String> except,
        Map<String, String> renamed,
        Map<String, OutputColumn> replaced,
        SourceRange range)
        implements OutputItem {

    public PassThrough {
        known = List.copyOf(known);
        except = Set.copyOf(except);
        renamed = Map.copyOf(renamed);
        replaced = Map.copyOf(replaced);
    }
}
