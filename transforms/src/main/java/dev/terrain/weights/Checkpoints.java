package dev.terrain.weights;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.Sha256;
import dev.terrain.store.StoredObject;
import dev.terrain.v1.ModelSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The weights of a study's models, one {@linkplain Safetensors safetensors} file each, and the
 * state of trainings under way.
 *
 * <p>A file's metadata hold {@code format} (always {@code pt}, which says to Python's readers that
 * the tensors are PyTorch's), {@code model_id}, {@code schema_version}, {@code data_sha256}
 * (SHA-256 of the tensors' bytes, hex) and, for a finished model, {@code spec} (Avro's JSON
 * encoding). Whoever loads a file gets it only if version, model and hash are right.
 */
public final class Checkpoints {
  /** Version of the metadata and of the tensors' meaning that this code writes. */
  public static final int SCHEMA_VERSION = 1;

  /** Kind of the files of curvature eigenvectors. */
  public static final String EIGENVECTORS = "eigenvectors";

  /** Kind of the files of a curvature matrix's diagonal. */
  public static final String DIAGONAL = "diagonal";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9_-]+");

  /** Bytes that hold the header of nearly every file; longer ones are read again, up to a limit. */
  private static final int HEADER = 1 << 16;

  private static final int HEADER_GROWTH = 16;
  private static final int MAX_HEADER = 1 << 24;

  private static final String FORMAT = "format";
  private static final String MODEL = "model_id";
  private static final String SPEC = "spec";
  private static final String VERSION = "schema_version";
  private static final String HASH = "data_sha256";
  private static final String HEADER_HASH = "header_sha256";

  private final ObjectStore store;

  public Checkpoints(ObjectStore store) {
    this.store = store;
  }

  /** Name of a finished model's file in the store. */
  public static String name(String modelId) {
    return folder(modelId) + "model.safetensors";
  }

  /** Name of the file that holds the state of a training under way. */
  public static String progressName(String modelId) {
    return folder(modelId) + "progress.safetensors";
  }

  /**
   * Name of a file of vectors that a measurement of a model's curvature has kept.
   *
   * @param kind {@link #EIGENVECTORS} or {@link #DIAGONAL}
   * @param key of the measurement
   */
  public static String vectorsName(String kind, String modelId, String key) {
    return folder(modelId) + kind + "-" + key + ".safetensors";
  }

  private static String folder(String modelId) {
    if (!MODEL_ID.matcher(modelId).matches()) {
      throw new IllegalArgumentException(
          "model id '" + modelId + "' must consist of letters, digits, '_' and '-'");
    }
    return "models/" + modelId + "/";
  }

  /**
   * Saves a finished model, in the place of an earlier file of the same model.
   *
   * @return SHA-256 (hex) of the tensors' bytes
   */
  public String save(ModelSpec spec, String modelId, List<Tensor> tensors) throws IOException {
    Map<String, String> metadata = identity(modelId, tensors);
    metadata.put(SPEC, SpecJson.encode(spec));
    store.write(name(modelId), encode(tensors, metadata));
    return Objects.requireNonNull(metadata.get(HASH));
  }

  /**
   * Loads a finished model.
   *
   * @throws FileNotFoundException if there is no such file
   * @throws CorruptCheckpointException if the file is damaged, written by a later version, or
   *     another model's
   */
  public Checkpoint load(String modelId) throws IOException {
    String name = name(modelId);
    String uri = store.uri(name);
    byte[] bytes =
        store
            .read(name)
            .orElseThrow(
                () ->
                    new FileNotFoundException(
                        uri
                            + ": no such checkpoint; restore the file, or remove the model's record"
                            + " from the ledger to train it again"));
    TensorFile file = verified(bytes, uri, modelId);
    String spec = required(file, SPEC, uri);
    try {
      return new Checkpoint(modelId, SpecJson.decode(spec), file.tensors(), file.dataSha256());
    } catch (IOException | AvroRuntimeException e) {
      throw new CorruptCheckpointException(uri, "the spec cannot be read: " + e.getMessage());
    }
  }

  /**
   * Saves vectors of a measurement of a model's curvature.
   *
   * @param kind {@link #EIGENVECTORS} or {@link #DIAGONAL}
   * @param key of the measurement
   * @return SHA-256 (hex) of the tensors' bytes
   */
  public String saveVectors(String kind, String modelId, String key, List<Tensor> tensors)
      throws IOException {
    Map<String, String> metadata = identity(modelId, tensors);
    store.write(vectorsName(kind, modelId, key), encode(tensors, metadata));
    return Objects.requireNonNull(metadata.get(HASH));
  }

  /**
   * Loads vectors of a measurement.
   *
   * @param kind {@link #EIGENVECTORS} or {@link #DIAGONAL}
   * @param key of the measurement
   * @throws FileNotFoundException if there is no such file
   * @throws CorruptCheckpointException if the file is damaged or another model's
   */
  public List<Tensor> loadVectors(String kind, String modelId, String key) throws IOException {
    String name = vectorsName(kind, modelId, key);
    String uri = store.uri(name);
    byte[] bytes =
        store.read(name).orElseThrow(() -> new FileNotFoundException(uri + ": no such vectors"));
    return verified(bytes, uri, modelId).tensors();
  }

  /**
   * Saves the state of a training, in the place of an earlier state.
   *
   * @param metadata what the tensors do not tell; the names that every file has are refused
   */
  public void saveProgress(String modelId, List<Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, String> all = identity(modelId, tensors);
    metadata.forEach(
        (key, value) -> {
          if (all.put(key, value) != null) {
            throw new IllegalArgumentException("metadata '" + key + "' is reserved");
          }
        });
    store.write(progressName(modelId), encode(tensors, all));
  }

  /**
   * The state of a training that was saved last; empty if there is none. A file that cannot be used
   * counts as none, with a warning: the training starts anew.
   */
  public Optional<Progress> loadProgress(String modelId) throws IOException {
    String name = progressName(modelId);
    Optional<byte[]> bytes = store.read(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      TensorFile file = verified(bytes.get(), store.uri(name), modelId);
      Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
      metadata.keySet().removeAll(List.of(FORMAT, MODEL, VERSION, HASH, HEADER_HASH));
      return Optional.of(new Progress(file.tensors(), metadata));
    } catch (CorruptCheckpointException e) {
      LOG.warn("The training of model {} starts anew: {}", modelId, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * What the saved state of a training says about itself, without its tensors, which are neither
   * read nor verified; empty if there is none, or its file is damaged.
   */
  public Optional<Map<String, String>> progressMetadata(String modelId) throws IOException {
    String name = progressName(modelId);
    for (int length = HEADER; length <= MAX_HEADER; length *= HEADER_GROWTH) {
      Optional<byte[]> beginning = store.readRange(name, 0, length);
      if (beginning.isEmpty()) {
        return Optional.empty();
      }
      try {
        Optional<Map<String, String>> metadata =
            SafetensorsHeader.metadata(beginning.get(), store.uri(name));
        if (metadata.isPresent()) {
          return metadata;
        }
      } catch (CorruptCheckpointException e) {
        LOG.debug("{}", e.getMessage());
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The files that there are, by one listing; none is read. */
  public CheckpointFiles files() throws IOException {
    Set<String> weights = new HashSet<>();
    Map<String, StoredObject> progress = new LinkedHashMap<>();
    for (StoredObject object : store.describe("models/")) {
      String[] segments = object.name().split("/", -1);
      if (segments.length == 3) {
        if (object.name().equals(name(segments[1]))) {
          weights.add(segments[1]);
        } else if (object.name().equals(progressName(segments[1]))) {
          progress.put(segments[1], object);
        }
      }
    }
    return new CheckpointFiles(weights, progress);
  }

  /** Removes the state of a training; no effect if there is none. */
  public void deleteProgress(String modelId) throws IOException {
    store.delete(progressName(modelId));
  }

  private static byte[] encode(List<Tensor> tensors, Map<String, String> metadata) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.put(HEADER_HASH, headerSha256(tensors, metadata));
    return Safetensors.encode(tensors, all);
  }

  /** Of all that the header says, so that no changed digit of it goes unnoticed. */
  private static String headerSha256(List<Tensor> tensors, Map<String, String> metadata) {
    StringBuilder text = new StringBuilder();
    metadata.forEach(
        (key, value) -> {
          if (!key.equals(HEADER_HASH)) {
            text.append(key).append('\n').append(value).append('\n');
          }
        });
    for (Tensor tensor : tensors) {
      text.append(tensor.name()).append(Arrays.toString(tensor.shape())).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.hex(bytes, 0, bytes.length);
  }

  private static Map<String, String> identity(String modelId, List<Tensor> tensors) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, "pt");
    metadata.put(MODEL, modelId);
    metadata.put(VERSION, Integer.toString(SCHEMA_VERSION));
    metadata.put(HASH, Safetensors.dataSha256(tensors));
    return metadata;
  }

  private static TensorFile verified(byte[] bytes, String uri, String modelId)
      throws CorruptCheckpointException {
    TensorFile file = Safetensors.decode(bytes, uri);
    String version = required(file, VERSION, uri);
    if (!version.equals(Integer.toString(SCHEMA_VERSION))) {
      throw new CorruptCheckpointException(
          uri, "unknown version " + version + ", supports at most " + SCHEMA_VERSION);
    }
    String recordedModel = required(file, MODEL, uri);
    if (!recordedModel.equals(modelId)) {
      throw new CorruptCheckpointException(
          uri, "holds model " + recordedModel + ", not " + modelId);
    }
    String hash = required(file, HASH, uri);
    if (!hash.equals(file.dataSha256())) {
      throw new CorruptCheckpointException(
          uri, "damaged: its data have SHA-256 " + file.dataSha256() + ", recorded is " + hash);
    }
    // Earlier files have none.
    String headerHash = file.metadata().get(HEADER_HASH);
    if (headerHash != null && !headerHash.equals(headerSha256(file.tensors(), file.metadata()))) {
      throw new CorruptCheckpointException(uri, "damaged: its header is not the recorded one");
    }
    return file;
  }

  private static String required(TensorFile file, String key, String uri)
      throws CorruptCheckpointException {
    String value = file.metadata().get(key);
    if (value == null) {
      throw new CorruptCheckpointException(uri, "lacks the metadata '" + key + "'");
    }
    return value;
  }
}
