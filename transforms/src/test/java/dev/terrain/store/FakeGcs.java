package dev.terrain.store;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.contrib.nio.testing.LocalStorageHelper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * Google Cloud Storage in memory, with what the library's fake lacks: calls are atomic, and a
 * creation fails if its precondition does not hold.
 */
final class FakeGcs {
  private FakeGcs() {}

  static Storage client() {
    Storage fake = LocalStorageHelper.customOptions(false).getService();
    return (Storage)
        Proxy.newProxyInstance(
            FakeGcs.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              synchronized (fake) {
                if (method.getName().equals("create")
                    && arguments[arguments.length - 1] instanceof BlobTargetOption[] options
                    && Arrays.asList(options).contains(BlobTargetOption.doesNotExist())
                    && fake.get(((BlobInfo) arguments[0]).getBlobId()) != null) {
                  throw new StorageException(412, "conditionNotMet");
                }
                try {
                  return method.invoke(fake, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }
            });
  }
}
