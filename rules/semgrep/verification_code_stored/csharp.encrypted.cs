namespace Shop.Data.Entities
{
    [Table("payments")]
    public class WaitingPayment
    {
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.column
        public string EncryptedCvv { get; set; }
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.column
        public byte[] CvvCiphertext { get; set; }
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.column
        [Encrypted] public string Cvv { get; set; }
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.column
        [ProtectedPersonalData] [MaxLength(200)] public string Cvc { get; set; }
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.column
        [Column("cvv_encrypted")] public string CardSecurityCode { get; set; }
        // A hash is no encryption, and neither is base64.
        // ruleid: verification_code_stored.csharp.column
        // ok: verification_code_stored.csharp.encrypted_column
        public string CvvHash { get; set; }
        // ruleid: verification_code_stored.csharp.column
        // ok: verification_code_stored.csharp.encrypted_column
        public string CvvBase64 { get; set; }
        // ok: verification_code_stored.csharp.encrypted_column
        public bool EncryptedCvvPresent { get; set; }
        // ok: verification_code_stored.csharp.encrypted_column
        [Encrypted] public string HolderName { get; set; }
        // ok: verification_code_stored.csharp.encrypted_column
        [NotMapped] public string EncryptedCvc { get; set; }
    }

    public class ChargeRequest
    {
        // ok: verification_code_stored.csharp.encrypted_column
        public string EncryptedCvv { get; set; }
    }

    public class Mapping
    {
        public void Configure(EntityTypeBuilder<WaitingPayment> builder)
        {
            // ruleid: verification_code_stored.csharp.encrypted_column
            // ok: verification_code_stored.csharp.column
            builder.Property(p => p.Cvv).HasConversion(new EncryptedConverter(key));
            // ruleid: verification_code_stored.csharp.encrypted_column
            // ok: verification_code_stored.csharp.column
            builder.Property(p => p.EncryptedCvv).HasMaxLength(200);
            // ruleid: verification_code_stored.csharp.encrypted_column
            // ok: verification_code_stored.csharp.column
            builder.Property(p => p.Cvc).HasMaxLength(200).HasConversion(v => protector.Protect(v), v => protector.Unprotect(v));
            // ruleid: verification_code_stored.csharp.column
            // ok: verification_code_stored.csharp.encrypted_column
            builder.Property(p => p.Cvv).HasConversion(new TrimConverter());
            builder.Property(p => p.Pan).HasConversion(new EncryptedConverter(key));
        }

        protected void Up(MigrationBuilder migrationBuilder)
        {
            // ruleid: verification_code_stored.csharp.encrypted_column
            // ok: verification_code_stored.csharp.column
            migrationBuilder.AddColumn<string>(name: "EncryptedCvv", table: "payments");
        }

        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.sql
        private const string Insert = "INSERT INTO payments (id, cvv_encrypted) VALUES (@id, @value)";
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.sql
        private const string ByKey = "INSERT INTO payments (id, cvv) VALUES (@id, EncryptByKey(Key_GUID('cards'), @cvv))";
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.sql
        private const string Change = "UPDATE payments SET cvv = EncryptByPassPhrase(@phrase, @value) WHERE id = @id";
        // ruleid: verification_code_stored.csharp.encrypted_column
        // ok: verification_code_stored.csharp.sql
        private const string Always = "CREATE TABLE payments (id int, cvv nvarchar(4) ENCRYPTED WITH (COLUMN_ENCRYPTION_KEY = k))";
        // ruleid: verification_code_stored.csharp.sql
        // ok: verification_code_stored.csharp.encrypted_column
        private const string NumberOnly = "INSERT INTO payments (cvv, pan) VALUES (@cvv, EncryptByKey(Key_GUID('cards'), @pan))";
        // ok: verification_code_stored.csharp.encrypted_column
        private const string Forget = "UPDATE payments SET cvv_encrypted = NULL WHERE id = @id";
        // ok: verification_code_stored.csharp.encrypted_column
        private const string Wait = "SELECT cvv_encrypted FROM payments";
    }
}

public class Keeper
{
    public async Task Keep(CardPaymentRequest request, string cvv, Card card)
    {
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await _cache.SetStringAsync("card", _protector.Protect(cvv));
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await _cache.SetStringAsync("card", Encrypt(cvv));
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        HttpContext.Session.SetString("card", request.EncryptedCvv);
        var bytes = Encoding.UTF8.GetBytes(cvv);
        var block = encryptor.TransformFinalBlock(bytes, 0, bytes.Length);
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        File.WriteAllBytes("card.bin", block);
        var sealedCode = await _vault.EncryptAsync(plaintext: request.CardVerificationCode);
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        TempData["card"] = Convert.ToBase64String(sealedCode);
        var answer = await kms.EncryptAsync(new EncryptRequest { KeyId = id, Plaintext = new MemoryStream(bytes) });
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await database.StringSetAsync("card", answer.CiphertextBlob);
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        _context.Payments.Add(new WaitingPayment { Id = 1, EncryptedCvv = _crypto.Encrypt(cvv) });
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        _context.Payments.Add(new WaitingPayment { Id = 1, Code = _crypto.Encrypt(cvv) });
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await connection.ExecuteAsync("INSERT INTO cards (a) VALUES (@a)", new { a = card.CvvEnc });
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        payment.EncryptedCvv = _crypto.Encrypt(cvv);
        await _context.SaveChangesAsync();
        var tag = new byte[16];
        aes.Encrypt(nonce, bytes, ciphertext, tag);
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await _cache.SetAsync("cvv", ciphertext);
        // The store encrypts.
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await SecureStorage.SetAsync("cvv", cvv);
        // ruleid: verification_code_stored.csharp.encrypted
        // ok: verification_code_stored.csharp.store
        await ProtectedSessionStore.SetAsync("cvv", cvv);

        // In clear again, or never encrypted.
        // ruleid: verification_code_stored.csharp.store
        // ok: verification_code_stored.csharp.encrypted
        await _cache.SetStringAsync("card", _protector.Unprotect(card.EncryptedCvv));
        // ruleid: verification_code_stored.csharp.store
        // ok: verification_code_stored.csharp.encrypted
        await _cache.SetStringAsync("card", Decrypt(request.EncryptedCvv));
        // ruleid: verification_code_stored.csharp.store
        // ok: verification_code_stored.csharp.encrypted
        await _cache.SetStringAsync("card", Convert.ToBase64String(Encoding.UTF8.GetBytes(cvv)));
    }

    public async Task Clean(CardPaymentRequest request, string cvv, Card card)
    {
        // ok: verification_code_stored.csharp.encrypted
        await _cache.SetStringAsync("token", Encrypt(card.Token));
        // ok: verification_code_stored.csharp.encrypted
        await SecureStorage.SetAsync("token", card.Token);
        // ok: verification_code_stored.csharp.encrypted
        await _cache.SetStringAsync("flag", IsEncrypted(cvv));
        // ok: verification_code_stored.csharp.encrypted
        await _gateway.AuthoriseAsync(card.EncryptedCvv);
        var jwe = JWT.Encrypt(JsonSerializer.Serialize(new { cvv }), key);
        // ok: verification_code_stored.csharp.encrypted
        await _http.PostAsync(url, new StringContent(jwe));
        // ok: verification_code_stored.csharp.encrypted
        await _cache.RemoveAsync(card.EncryptedCvv);
        // ok: verification_code_stored.csharp.encrypted
        payment.EncryptedCvv = null;
        // ok: verification_code_stored.csharp.encrypted
        await _cache.SetStringAsync("last", string.IsNullOrEmpty(card.EncryptedCvv).ToString());
        await _context.SaveChangesAsync();
    }
}
