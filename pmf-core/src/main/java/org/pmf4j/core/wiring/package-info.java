/**
 * The one place where the parts are put together, by Guice. Nothing outside this package sees an
 * injector, and plugins do not see Guice at all.
 */
package org.pmf4j.core.wiring;
