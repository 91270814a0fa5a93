/**
 * Finished units of work by their keys, packed into segments as they become many; failures, and
 * leases of who works on what. Start with {@link dev.terrain.ledger.Ledger}.
 */
@NullMarked
package dev.terrain.ledger;

import org.jspecify.annotations.NullMarked;
