package dev.terrain.inspection;

import dev.terrain.ledger.Ledger;
import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * Objects of a study that nothing needs.
 *
 * @param pieces the objects, in the order in which they are to be removed
 * @param kept records that no plan asks for either, but that are not removed
 */
public record Garbage(List<Piece> pieces, List<Kept> kept) {
  /** Kind of object that is not needed. */
  public enum Reason {
    /** A record of a unit that no plan asks for. */
    RECORD_OF_NO_PLAN("a record of a unit that no plan asks for"),
    /** What is kept of a failed unit that no plan asks for, or that has been finished since. */
    FAILURE_OF_NO_PLAN("a failure of a unit that no plan asks for, or that is done"),
    /** Weights, or a saved training, of a model that no plan asks for. */
    MODEL_OF_NO_PLAN("of a model that no plan asks for"),
    /** Eigenvectors, or a diagonal, of a measurement that no plan asks for. */
    VECTORS_OF_NO_PLAN("vectors of a measurement that no plan asks for"),
    /** Saved progress of a unit that is done, or that no plan asks for. */
    LEFT_PROGRESS("saved progress of a unit that is done, or that no plan asks for"),
    /** A lease that nobody renews. */
    LEFT_LEASE("a lease that nobody renews"),
    /** The sign by which a failed run stopped its workers. */
    LEFT_STOP_MARKER("the stop sign of a run that has ended"),
    /** A part of a table that never came into its place. */
    LEFT_TABLE("a part of a table that its run did not put in its place"),
    /** A file that a killed process had not finished. */
    TEMPORARY("a file that a killed process did not finish");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** What people read. */
    public String text() {
      return text;
    }
  }

  /**
   * An object.
   *
   * @param name its name in the store
   * @param bytes its size; 0 for a record in a segment
   * @param reason why it is not needed
   */
  public record Piece(String name, long bytes, Reason reason) {}

  /** Why a record that no plan asks for is kept. */
  public enum KeptFor {
    /** Its data are those of no plan that the study knows. */
    OTHER_DATA("made from other data than those of any plan"),
    /** It does not say what data it was made from, nor do the trainings of its cell. */
    UNKNOWN_DATA("made from data that are not known"),
    /** It is younger than an hour, by its own time or the storage's. */
    YOUNG("too young"),
    /** It is damaged, or was written by a later version of Terrain. */
    UNREADABLE("not to be read");

    private final String text;

    KeptFor(String text) {
      this.text = text;
    }

    /** What people read. */
    public String text() {
      return text;
    }
  }

  /**
   * A record that is kept.
   *
   * @param name its name in the store
   * @param reason why it is kept
   */
  public record Kept(String name, KeptFor reason) {}

  static Garbage of(List<Piece> pieces, List<Kept> kept) {
    // A record goes before the weights that it speaks of.
    return new Garbage(
        pieces.stream()
            .sorted(Comparator.comparing(Piece::reason).thenComparing(Piece::name))
            .toList(),
        kept.stream()
            .sorted(Comparator.comparing(Kept::reason).thenComparing(Kept::name))
            .toList());
  }

  /** Size of all together, in bytes. */
  public long bytes() {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  /** Removes the objects. */
  public void removeFrom(ObjectStore store) throws IOException {
    Ledger ledger = new Ledger(store);
    for (Piece piece : pieces) {
      switch (piece.reason()) {
        case TEMPORARY -> store.deleteTemporary(piece.name());
        case RECORD_OF_NO_PLAN -> ledger.forget(piece.name());
        default -> store.delete(piece.name());
      }
    }
  }
}
