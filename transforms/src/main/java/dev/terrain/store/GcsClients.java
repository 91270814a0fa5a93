package dev.terrain.store;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Clients of Google Cloud Storage, one of each server and process.
 *
 * <p>A call that the server was too busy for (408, 429, 5xx), or whose connection broke or stayed
 * silent, is tried again after pauses that grow and vary; other errors are not. Every call of a
 * store may be repeated: objects are put whole, and where a name must be free the precondition goes
 * with the call.
 */
final class GcsClients {
  private static final String GOOGLE = "";
  private static final Map<String, Storage> CLIENTS = new ConcurrentHashMap<>();

  /** The variable by which Google's tools are sent to another server, such as a test's. */
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";

  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Long enough for a fault of the storage that lasts some minutes. */
  private static final RetrySettings RETRIES =
      RetrySettings.newBuilder()
          .setInitialRetryDelayDuration(Duration.ofMillis(250))
          .setRetryDelayMultiplier(2)
          .setMaxRetryDelayDuration(Duration.ofSeconds(30))
          .setTotalTimeoutDuration(Duration.ofMinutes(5))
          .setMaxAttempts(12)
          .build();

  private GcsClients() {}

  /**
   * The client of a server.
   *
   * @param endpoint its URL; null for Google's, or the one that the environment names
   */
  static Storage at(@Nullable String endpoint) {
    String environment = System.getenv(EMULATOR);
    String server =
        endpoint != null
            ? endpoint
            : environment == null || environment.isBlank() ? GOOGLE : environment;
    return CLIENTS.computeIfAbsent(server, url -> client(url, RETRIES, SILENCE));
  }

  /**
   * Makes a client.
   *
   * @param silence longest time that a connection may take to be made, or to go on
   */
  static Storage client(String server, RetrySettings retries, Duration silence) {
    StorageOptions.Builder options =
        StorageOptions.http()
            .setRetrySettings(retries)
            .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout((int) silence.toMillis())
                    .setReadTimeout((int) silence.toMillis())
                    .build());
    if (!server.equals(GOOGLE)) {
      // A server that plays Google's needs neither credentials nor a project.
      options.setHost(server).setProjectId("none").setCredentials(NoCredentials.getInstance());
    }
    return options.build().getService();
  }
}
