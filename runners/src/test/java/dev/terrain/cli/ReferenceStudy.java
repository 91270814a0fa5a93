package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an undisturbed run of the jar under test makes of a sweep: run once for all integration
 * tests, in whichever of their processes. For reading only.
 */
final class ReferenceStudy {
  private static final Path ROOT = Path.of("target", "reference-studies").toAbsolutePath();

  private ReferenceStudy() {}

  static synchronized Path of(String yaml) throws IOException {
    String name = name(yaml);
    Path study = ROOT.resolve(name);
    Files.createDirectories(ROOT);
    try (FileChannel file =
            FileChannel.open(
                ROOT.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      if (!Files.exists(study)) {
        run(yaml, study);
      }
    }
    return study;
  }

  private static void run(String yaml, Path study) throws IOException {
    Path scratch = Files.createTempDirectory(ROOT, "run-");
    Path made = scratch.resolve("study");
    Cli cli =
        JarProcess.run(
            scratch, "run", SmallSweep.write(scratch, yaml), "--out", made, "--workers", 2);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).contains(" units: 0 remembered, ", " computed, 0 failed");
    Files.move(made, study, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Another jar or sweep has another one. */
  private static String name(String yaml) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(JarProcess.JAR));
      digest.update(yaml.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
