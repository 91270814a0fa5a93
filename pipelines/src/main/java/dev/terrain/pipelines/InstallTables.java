package dev.terrain.pipelines;

import dev.terrain.ledger.TablesLease;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Puts the tables of a run in their places at the end of its job, for a run whose command does not
 * wait for it. Nobody knows then how many rows were counted on their way.
 *
 * <p>Input: the files that were written.
 */
public final class InstallTables extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1;

  private final String study;
  private final StagedTables staged;
  private final TablesOwner owner;

  /**
   * @param study address of the study
   */
  public InstallTables(String study, StagedTables staged, TablesOwner owner) {
    this.study = study;
    this.staged = staged;
    this.owner = owner;
  }

  @Override
  public PDone expand(PCollection<String> written) {
    written
        .getPipeline()
        .apply("Run", Create.of(staged.run()).withCoder(StringUtf8Coder.of()))
        .apply("Wait", Wait.on(written))
        .apply("Install", ParDo.of(new InstallFn(this)));
    return PDone.in(written.getPipeline());
  }

  private static final class InstallFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1;

    private final String study;
    private final StagedTables staged;
    private final TablesOwner owner;

    InstallFn(InstallTables settings) {
      study = settings.study;
      staged = settings.staged;
      owner = settings.owner;
    }

    @ProcessElement
    public void process() throws IOException {
      ObjectStore store = ObjectStores.open(study);
      TablesInstallation installation = new TablesInstallation(store, staged);
      try (TablesLease lease = TablesLease.await(store)) {
        if (isDone(store)) {
          installation.discard();
        } else {
          installation.install(lease, owner, Optional.empty(), null);
        }
      }
    }

    /** An engine that has lost sight of the end does it again. */
    private boolean isDone(ObjectStore store) throws IOException {
      return new StoredManifest(store)
          .find()
          .map(TablesManifest::owner)
          .filter(other -> staged.run().equals(other.run()))
          .isPresent();
    }
  }
}
