package io.tailwater.service;

/** How many letters must be put in, left out or changed to make one word of another (Levenshtein). */
final class EditDistance {

    private EditDistance() {}

    static int between(String first, String second) {
        int[] row = new int[second.length() + 1];
        for (int column = 0; column <= second.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= first.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= second.length(); column++) {
                int above = row[column];
                int changed = diagonal + (first.charAt(line - 1) == second.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(changed, Math.min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }
        return row[second.length()];
    }
}
