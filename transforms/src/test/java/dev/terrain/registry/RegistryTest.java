package dev.terrain.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  private static final Sound PIANO = new Sound("piano");
  private static final Sound FLUTE = new Sound("flute");

  @TempDir private Path folder;

  @Test
  void aName_standsForOneThing() {
    Registry<Sound> sounds = Registry.of(Sound.class, List.of(PIANO, FLUTE), Plugins.of());

    assertThat(sounds.named("flute")).isSameAs(FLUTE);
    assertThat(sounds.names()).containsExactly("piano", "flute");
  }

  @Test
  void aNameThatIsNone_isRefusedWithThoseThereAre() {
    Registry<Sound> sounds = Registry.of(Sound.class, List.of(PIANO, FLUTE), Plugins.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sounds.named("drum"))
        .withMessage("sound (drum) must be one of piano, flute");
  }

  @Test
  void twoOfAName_areRefused() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Registry.of(Sound.class, List.of(PIANO), Plugins.of(new Sound("piano"))))
        .withMessageContaining("sound 'piano' is there twice")
        .withMessageContaining(Sound.class.getName());
    Registry<Sound> sounds = Registry.of(Sound.class, List.of(PIANO), Plugins.of());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> sounds.with(new Sound("piano")));
  }

  @Test
  void whatComesFromOutside_isListedBehindWhatIsBuiltIn() {
    Plugins plugins = Plugins.of(new Colour(), FLUTE);

    assertThat(Registry.of(Sound.class, List.of(PIANO), plugins).names())
        .containsExactly("piano", "flute");
    assertThat(plugins.names("sound")).containsExactly("flute");
    assertThat(plugins.named("sound", "flute")).containsSame(FLUTE);
    assertThat(plugins.named("sound", "piano")).isEmpty();
    assertThat(plugins.named("colour", "flute")).isEmpty();
  }

  @Test
  void whatAModelUsesOfPlugins_isWhatItsSettingsName() {
    Plugins plugins = Plugins.of(new Colour(), FLUTE);

    assertThat(plugins.usedBy(Map.of("colour", (Object) "red", "sound", "flute")::get))
        .extracting(Extension::name)
        .containsExactly("red", "flute");
    assertThat(plugins.usedBy(Map.of("colour", (Object) "blue", "sound", "piano")::get)).isEmpty();
    assertThat(plugins.usedBy(setting -> null)).isEmpty();
  }

  @Test
  void whatAPluginBrings_namesItsPlugin() {
    Plugins plugins = Plugins.of(FLUTE);

    assertThat(plugins.pluginOf(PIANO)).contains("dev.terrain.registry");
    assertThat(plugins.pluginOf(new Colour())).isEmpty();
  }

  @Test
  void whatAJarNames_isFound() throws IOException {
    Plugins found = pluginsOfAJar(Colour.class.getName());

    assertThat(found.names("colour")).containsExactly("red");
    assertThat(found.namesOfThoseReading("brightness", "colour")).containsExactly("red");
    assertThat(found.namesOfThoseReading("width", "colour")).isEmpty();
    assertThat(Plugins.ofThisProcess().names("colour")).isEmpty();
  }

  @Test
  void aClassThatCannotBeMade_isNamedWithItsReason() {
    assertThatExceptionOfType(InvalidPluginException.class)
        .isThrownBy(() -> pluginsOfAJar(Broken.class.getName()))
        .withMessageContaining(Broken.class.getName())
        .withMessageContaining("cannot be made: java.lang.IllegalStateException: no paint");
    assertThatExceptionOfType(InvalidPluginException.class)
        .isThrownBy(() -> pluginsOfAJar("org.example.Missing"))
        .withMessageContaining("org.example.Missing");
    assertThatExceptionOfType(InvalidPluginException.class)
        .isThrownBy(() -> pluginsOfAJar(Plain.class.getName()))
        .withMessageContaining(Plain.class.getName());
  }

  @Test
  void aClassThatDoesNotSayWellWhatItIs_isRefused() {
    assertThatExceptionOfType(InvalidPluginException.class)
        .isThrownBy(() -> pluginsOfAJar(Escaping.class.getName()))
        .withMessageContaining(Escaping.class.getName())
        .withMessageContaining("name (../red) must be one word in lower case");
  }

  private Plugins pluginsOfAJar(String className) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Extension.class.getName()), className);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, RegistryTest.class.getClassLoader())) {
      return Plugins.in(loader);
    }
  }

  private record Sound(String name) implements Extension {
    @Override
    public String kind() {
      return "sound";
    }

    @Override
    public int version() {
      return 1;
    }
  }

  /** What a jar from outside might hold. */
  public static class Colour implements Extension {
    @Override
    public String kind() {
      return "colour";
    }

    @Override
    public String name() {
      return "red";
    }

    @Override
    public int version() {
      return 2;
    }

    @Override
    public Set<String> settings() {
      return Set.of("brightness");
    }
  }

  /** Is no extension. */
  public static final class Plain {}

  /** Throws as it is made. */
  public static final class Broken extends Colour {
    public Broken() {
      throw new IllegalStateException("no paint");
    }
  }

  /** Would leave the folder that its name is given to. */
  public static final class Escaping extends Colour {
    @Override
    public String name() {
      return "../red";
    }
  }
}
