import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.directory.InitialDirContext;

class Directory {
    void bind(Hashtable<String, String> env, String password) throws Exception {
        // ruleid: authentication_off.java.ldap
        env.put(Context.SECURITY_AUTHENTICATION, "none");
        // ruleid: authentication_off.java.ldap
        env.put("java.naming.security.authentication", "none");
        // ok: authentication_off.java.ldap
        env.put(Context.SECURITY_AUTHENTICATION, "simple");
        // ok: authentication_off.java.ldap
        env.put(Context.REFERRAL, "none");
        new InitialDirContext(env);
    }
}
