package dev.terrain.stage;

import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Subject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a unit of a stage is about, and so which models it needs. */
public sealed interface Scope extends Serializable {
  /** The scope as rows and units say it. */
  Subject subject();

  /** Models of a cell that there must be for a unit. */
  int leastModels();

  /**
   * The units that the trained models of a cell give by default, each as its models.
   *
   * @param trained the models that can be measured, by seed
   * @param allEnded whether no model of the cell is still to be trained
   */
  List<List<ModelRef>> groups(List<ModelRef> trained, boolean allEnded);

  /** One model, as soon as it is trained. */
  record Model() implements Scope {
    @Override
    public Subject subject() {
      return Subject.MODEL;
    }

    @Override
    public int leastModels() {
      return 1;
    }

    @Override
    public List<List<ModelRef>> groups(List<ModelRef> trained, boolean allEnded) {
      return trained.stream().map(List::of).toList();
    }
  }

  /** Two models of a cell; each pair as soon as both are trained. */
  record Pair() implements Scope {
    @Override
    public Subject subject() {
      return Subject.PAIR;
    }

    @Override
    public int leastModels() {
      return 2;
    }

    @Override
    public List<List<ModelRef>> groups(List<ModelRef> trained, boolean allEnded) {
      List<List<ModelRef>> pairs = new ArrayList<>();
      for (int i = 0; i < trained.size(); i++) {
        for (int j = i + 1; j < trained.size(); j++) {
          pairs.add(List.of(trained.get(i), trained.get(j)));
        }
      }
      return pairs;
    }
  }

  /** All trained models of a cell, two or more, once none is still to be trained. */
  record Cell() implements Scope {
    @Override
    public Subject subject() {
      return Subject.CELL;
    }

    @Override
    public int leastModels() {
      return 2;
    }

    @Override
    public List<List<ModelRef>> groups(List<ModelRef> trained, boolean allEnded) {
      return allEnded && trained.size() >= leastModels() ? List.of(trained) : List.of();
    }
  }
}
