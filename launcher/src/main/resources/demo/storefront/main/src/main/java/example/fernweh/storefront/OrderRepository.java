package example.fernweh.storefront;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes orders. */
final class OrderRepository {

    private static final String PLACE = """
            update shop.orders
            set status = 'placed', placed_at = now(), updated_at = now()
            where id = ? and status = 'draft'
            """;

    private final Connection connection;

    OrderRepository(Connection connection) {
        this.connection = connection;
    }

    boolean place(long orderId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLACE)) {
            statement.setLong(1, orderId);
            return statement.executeUpdate() == 1;
        }
    }
}
