package dev.terrain.report;

import java.util.Arrays;
import java.util.Optional;

/** How the report shows a phase of the taxonomy (section 3 of the study). */
enum Phase {
  I(
      "I",
      "#cf5c36",
      "#e2734d",
      "Underfitted and undersized",
      "high loss; barriers between models (mc < 0)"),
  II("II", "#f0b84a", "#f3c463", "Underfitted", "high loss; one wide, rugged basin (mc > 0)"),
  III(
      "III",
      "#a67db8",
      "#b993ca",
      "Undersized",
      "low loss; flat basins parted by barriers (mc < 0)"),
  IV_A(
      "IV-A", "#8fc4e0", "#9dd0ea", "Overfitted", "low loss, connected; models disagree (low CKA)"),
  IV_B(
      "IV-B", "#1f6aa5", "#3d8fd1", "Generalizing", "low loss, connected; models agree (high CKA)");

  private final String label;
  private final String hex;
  private final String darkHex;
  private final String nickname;
  private final String meaning;

  Phase(String label, String hex, String darkHex, String nickname, String meaning) {
    this.label = label;
    this.hex = hex;
    this.darkHex = darkHex;
    this.nickname = nickname;
    this.meaning = meaning;
  }

  /** The phase that a table's text names; none for null. */
  static Optional<Phase> of(String label) {
    return Arrays.stream(values()).filter(phase -> phase.label.equals(label)).findFirst();
  }

  String label() {
    return label;
  }

  String nickname() {
    return nickname;
  }

  String meaning() {
    return meaning;
  }

  Colour colour() {
    return Colour.of(hex);
  }

  /** The same on a dark page. */
  Colour darkColour() {
    return Colour.of(darkHex);
  }

  /** Paler the less certain: full colour at confidence 1, a quarter of it at 0. */
  Colour colour(double confidence) {
    return colour().towards(Colour.WHITE, 0.75 * (1 - confidence));
  }

  /** Whether the border to another phase is the smooth crossover inside phase IV. */
  boolean crossesOverTo(Phase other) {
    return (this == IV_A && other == IV_B) || (this == IV_B && other == IV_A);
  }
}
